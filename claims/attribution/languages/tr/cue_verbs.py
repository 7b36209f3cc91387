"""The Turkish verbs of saying, thinking, wishing and judging.

One line a verb: its stem, letters, an example that a test runs; the forms are made
from the stem. The words of a stem of several are joined with `_`. The letters say what
stands before the verb, or after it:

    q  a quotation, also with "diye", "şeklinde"
    u  words without quotation marks
    c  after it, a colon and a quotation; so after those with q
    k  a clause in -dığını, -acağını
    m  a clause in -masını, -mayı
    g  a clause in -dığına, -masına
    e  a clause in -maya
    i  a clause in -dığının, -masının
    p  a clause in -dığı, -acağı, -ması
    a  a clause in -dığından, -masından
    l  a clause in -makla
    o  an object
    d  an object in the dative
    s  the verb is passive: no subject, but "Raporda", "Bakanlıktan yapılan açıklamada"
"""

from __future__ import annotations

VERBS = """
açığa_çıkar k Rapor, köprünün güvenli olmadığını açığa çıkardı.
açıkla qckm Vali Ece Kaya, köprünün güvenli olduğunu açıkladı.
açıklan s Raporda köprünün güvenli olduğu açıklandı.
aktar qk Vali Ece Kaya, yolun kapandığını aktardı.
aktarıl s Raporda yolun kapandığı aktarıldı.
altını_çiz qi Vali Ece Kaya, yolun kapandığının altını çizdi.
anımsat qk Vali Ece Kaya, yolun geçen yıl kapandığını anımsattı.
anlat qk Tanık Can Uzun, aracın hızlı gittiğini anlattı.
anlatıl s Raporda aracın hızlı gittiği anlatıldı.
arzula m Vali Ece Kaya, yolun açılmasını arzuluyor.
bağır q Vali Ece Kaya, “Yol kapalı” diye bağırdı.
beklen s Raporda fiyatların artması bekleniyor.
bekle km Uzman Can Uzun, fiyatların artmasını bekliyor.
belirt qk Vali Ece Kaya, köprünün güvenli olduğunu belirtti.
belirtil s Raporda köprünün güvenli olduğu belirtildi.
bildir qk Belediye, köprünün kapandığını bildirdi.
bildiril s Raporda köprünün kapandığı bildirildi.
de qu Vali Ece Kaya, “Yol kapalı” dedi.
çağır e Vali Ece Kaya, halkı evde kalmaya çağırdı.
davet_et e Vali Ece Kaya, halkı evde kalmaya davet etti.
değin g Vali Ece Kaya, yolun dar olduğuna değindi.
den s Raporda, “Köprü güvenli” dendi.
denil s Raporda, “Köprü güvenli” denildi.
devam_et qc Vali Ece Kaya şöyle devam etti: “Yol kapalı.”
dikkat_çek qg Vali Ece Kaya, yolun dar olduğuna dikkat çekti.
dikkati_çek qg Vali Ece Kaya, yolun dar olduğuna dikkati çekti.
dile_getir qk Vali Ece Kaya, yolun dar olduğunu dile getirdi.
dile_getiril s Raporda yolun dar olduğu dile getirildi.
diye_konuş q Vali Ece Kaya, “Yol kapalı” diye konuştu.
doğrula ko Vali Ece Kaya, yolun kapandığını doğruladı.
duyur qk Belediye, yolun kapanacağını duyurdu.
duyurul s Raporda yolun kapanacağı duyuruldu.
düşün k Vali Ece Kaya, yolun dar olduğunu düşünüyor.
ekle qkc Vali Ece Kaya, yolun dar olduğunu ekledi.
eklen s Raporda yolun dar olduğu eklendi.
eleştir mo Vali Ece Kaya, kararı eleştirdi.
garanti_et k Vali Ece Kaya, yolun açılacağını garanti etti.
hatırlat qk Vali Ece Kaya, yolun dar olduğunu hatırlattı.
hatırlatıl s Raporda yolun dar olduğu hatırlatıldı.
göster k Rapor, köprünün güvenli olmadığını gösterdi.
haykır q Tanık Can Uzun, “Yol kapalı” diye haykırdı.
iddia_et qk Tanık Can Uzun, aracın hızlı gittiğini iddia etti.
iddia_edil s Raporda aracın hızlı gittiği iddia edildi.
ifade_et qk Vali Ece Kaya, yolun dar olduğunu ifade etti.
ifade_edil s Raporda yolun dar olduğu ifade edildi.
ifadelerini_kullan qc Vali Ece Kaya, “Yol kapalı” ifadelerini kullandı.
ifadesini_kullan qc Vali Ece Kaya, “Yol kapalı” ifadesini kullandı.
ifadeleri_kullan qc Vali Ece Kaya şu ifadeleri kullandı: “Yol kapalı.”
ifadelerine_yer_ver qck Belediye, “Yol kapalı” ifadelerine yer verdi.
ifadesine_yer_ver qc Belediye, “Yol kapalı” ifadesine yer verdi.
ifadelerine_yer_veril s Raporda “Köprü güvenli” ifadelerine yer verildi.
ifadesine_yer_veril s Raporda “Köprü güvenli” ifadesine yer verildi.
ifadeleri_yer_al s Raporda “Köprü güvenli” ifadeleri yer aldı.
ifadesi_yer_al s Raporda “Köprü güvenli” ifadesi yer aldı.
ifadeleri_kullanıl s Raporda “Köprü güvenli” ifadeleri kullanıldı.
ifadesi_kullanıl s Raporda “Köprü güvenli” ifadesi kullanıldı.
ileri_sür qk Tanık Can Uzun, aracın hızlı gittiğini ileri sürdü.
ileri_sürül s Raporda aracın hızlı gittiği ileri sürüldü.
ilan_et k Belediye, yolun kapandığını ilan etti.
ima_et k Vali Ece Kaya, yolun açılacağını ima etti.
inan g Vali Ece Kaya, yolun açılacağına inanıyor.
inkar_et ko Sanık Can Uzun, aracı kullandığını inkar etti.
inkâr_et ko Sanık Can Uzun, aracı kullandığını inkâr etti.
itiraz_et qd Vali Ece Kaya, satışa itiraz etti.
itham_et l Vali Ece Kaya, şirketi yalan söylemekle itham etti.
iste m Vali Ece Kaya, yolun açılmasını istedi.
isten s Raporda yolun açılması istendi.
işaret_et qg Vali Ece Kaya, yolun dar olduğuna işaret etti.
itiraf_et qk Sanık Can Uzun, aracı kullandığını itiraf etti.
kabul_et km Sanık Can Uzun, aracı kullandığını kabul etti.
kaydet qk Vali Ece Kaya, yolun dar olduğunu kaydetti.
kaydedil s Raporda yolun dar olduğu kaydedildi.
kına mo Vali Ece Kaya, saldırıyı kınadı.
karşı_çık d Vali Ece Kaya, satışa karşı çıktı.
konuşul s Raporda fiyatların artacağı konuşuluyor.
konuş q Vali Ece Kaya, “Yol kapalı” şeklinde konuştu.
müjdele qk Vali Ece Kaya, yolun açılacağını müjdeledi.
not_et qk Vali Ece Kaya, yolun dar olduğunu not etti.
not_düş q Vali Ece Kaya, “Yol kapalı” diye not düştü.
öğütle qm Vali Ece Kaya, yolun açılmasını öğütledi.
öğrenil s Raporda yolun kapandığı öğrenildi.
öner qm Uzman Can Uzun, yolun açılmasını önerdi.
öneril s Raporda yolun açılması önerildi.
öngör km Uzman Can Uzun, fiyatların artacağını öngörüyor.
öngörül s Raporda fiyatların artacağı öngörüldü.
ortaya_koy k Rapor, köprünün güvenli olmadığını ortaya koydu.
öne_sür qk Tanık Can Uzun, aracın hızlı gittiğini öne sürdü.
öne_sürül s Raporda aracın hızlı gittiği öne sürüldü.
paylaş qk Vali Ece Kaya, “Yol kapalı” notunu paylaştı.
reddet kmo Sanık Can Uzun, suçlamaları reddetti.
rica_et qm Vali Ece Kaya, yolun açılmasını rica etti.
san k Vali Ece Kaya, yolun açılacağını sanıyor.
sanıl s Raporda fiyatların artacağı sanılıyor.
savun qkmo Vali Ece Kaya, yolun dar olduğunu savundu.
savunul s Raporda yolun dar olduğu savunuldu.
seslen q Vali Ece Kaya, “Evde kalın” diye seslendi.
sor q Vali Ece Kaya, “Yol kapalı mı?” diye sordu.
söyle qckm Vali Ece Kaya, yolun dar olduğunu söyledi.
söylen s Raporda yolun dar olduğu söylendi.
söz_ver g Vali Ece Kaya, yolun açılacağına söz verdi.
sözlerine_ekle qkc Vali Ece Kaya, yolun dar olduğunu sözlerine ekledi.
sözlerini_sürdür qc Vali Ece Kaya, “Yol dar” diye sözlerini sürdürdü.
sürdür qc Vali Ece Kaya sözlerini şöyle sürdürdü: “Yol dar.”
şikayet_et qa Tanık Can Uzun, yolun dar olduğundan şikayet etti.
taahhüt_et km Vali Ece Kaya, yolun açılacağını taahhüt etti.
tahmin_et k Uzman Can Uzun, fiyatların artacağını tahmin etti.
tahmin_edil s Raporda fiyatların artacağı tahmin edildi.
suçla lo Vali Ece Kaya, şirketi suçladı.
talep_et qm Vali Ece Kaya, yolun açılmasını talep etti.
tarif_et q Tanık Can Uzun, olayı “korkunç” diye tarif etti.
tepki_göster qd Vali Ece Kaya, satışa tepki gösterdi.
teşekkür_et d Vali Ece Kaya, halka teşekkür etti.
tavsiye_et qm Uzman Can Uzun, yolun açılmasını tavsiye etti.
tekrarla qk Vali Ece Kaya, yolun dar olduğunu tekrarladı.
tespit_et k Uzman Can Uzun, aracın hızlı gittiğini tespit etti.
tespit_edil s Raporda aracın hızlı gittiği tespit edildi.
teyit_et ko Vali Ece Kaya, yolun kapandığını teyit etti.
umul s Raporda yolun açılacağı umuluyor.
um km Vali Ece Kaya, yolun açılmasını umuyor.
uyar qkp Vali Ece Kaya, “Evde kalın” diye uyardı.
vadet km Vali Ece Kaya, yolun açılacağını vadetti.
vaat_et km Vali Ece Kaya, yolun açılacağını vaat etti.
vurgula qk Vali Ece Kaya, yolun dar olduğunu vurguladı.
vurgulan s Raporda yolun dar olduğu vurgulandı.
vurgu_yap g Vali Ece Kaya, yolun dar olduğuna vurgu yaptı.
yakın qa Vali Ece Kaya, yolun dar olduğundan yakındı.
yalanla qko Vali Ece Kaya, yolun kapandığını yalanladı.
yanıtla qc Vali Ece Kaya, “Yol kapalı” diye yanıtladı.
yanıt_ver qc Vali Ece Kaya, “Yol kapalı” diye yanıt verdi.
karşılık_ver qc Vali Ece Kaya, “Yol kapalı” diye karşılık verdi.
cevap_ver qc Vali Ece Kaya, “Yol kapalı” diye cevap verdi.
cevapla qc Vali Ece Kaya, “Yol kapalı” diye cevapladı.
yaz qck Vali Ece Kaya, “Yol kapalı” diye yazdı.
yinele qk Vali Ece Kaya, yolun dar olduğunu yineledi.
yorumla q Vali Ece Kaya, kararı “doğru” diye yorumladı.
değerlendir q Vali Ece Kaya, kararı “doğru” diye değerlendirdi.
nitelendir q Vali Ece Kaya, kararı “yanlış” diye nitelendirdi.
tanımla q Vali Ece Kaya, kararı “yanlış” diye tanımladı.
"""
# A noun with a verb: the noun takes a clause in -dığı or -ması, or a quotation.
PHRASES = """
açıklamasında_bulun | açıklamasını_yap | açıklama_yap | uyarısında_bulun | uyarısı_yap
uyarısını_yap | iddiasında_bulun | çağrısında_bulun | çağrısı_yap | çağrısını_yap
çağrısını_yinele | değerlendirmesinde_bulun | değerlendirmesini_yap | yorumunu_yap
yorumunda_bulun | tespitinde_bulun | tespitini_yap | öngörüsünde_bulun | vaadinde_bulun
tahmininde_bulun | temennisinde_bulun | eleştirisinde_bulun | eleştirisini_yap
eleştirisini_getir | bilgisini_ver | bilgisini_paylaş | bilgisini_aktar | müjdesini_ver
mesajını_ver | mesajını_paylaş | mesajını_yayımla | sözünü_ver | güvencesini_ver
garantisini_ver | yanıtını_ver | cevabını_ver | tepkisini_göster | tepkisini_ver
görüşünü_savun | görüşünü_dile_getir | görüşünü_paylaş | görüşünü_ifade_et
görüşünü_aktar | düşüncesini_dile_getir | düşüncesini_paylaş | endişesini_dile_getir
endişesini_paylaş | umudunu_dile_getir | umudunu_paylaş | kanaatini_dile_getir
kanaatini_paylaş | inancını_dile_getir | iddiasını_ortaya_at | iddiasını_dile_getir
iddiasını_yinele | iddiasını_sürdür | vurgusu_yap | vurgusunu_yap | sorusunu_sor
sorusunu_yönelt | notunu_düş | notunu_paylaş | notunu_ekle | talebinde_bulun
talebini_dile_getir | talebini_yinele | önerisinde_bulun | önerisini_getir
tavsiyesinde_bulun | görüşüne_yer_ver | sözlerini_kullan | sözlerini_sarf_et
sözlerini_ekle | şeklinde_konuş | şeklinde_ifade_et | mesajını_ilet | paylaşımını_yap
paylaşımında_bulun | sözlerine_yer_ver | cümlelerini_kur | cümlesini_kur
değerlendirmede_bulun | açıklamada_bulun | çağrıda_bulun | uyarıda_bulun
ifadelere_yer_ver | açıklamayı_yap | açıklamaları_yap | mesajı_ver | mesajı_paylaş
yanıtı_ver | cevabı_ver | bilgileri_ver | bilgiyi_ver | görüşlere_yer_ver
değerlendirmeyi_yap | yorumu_yap | paylaşımı_yap | soruyu_sor
"""
# A clause in -dığı with these words is somebody's view, without a verb.
VIEWS = "görüşünde kanaatinde inancında düşüncesinde kanısında iddiasında"
# They follow a quotation and stand for a verb of saying, whatever verb follows.
PARTICLES = "sözleriyle ifadeleriyle ifadesiyle sözüyle mesajıyla notuyla cümlesiyle"
