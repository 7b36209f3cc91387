"""Taking the pictures of the handbook: the product itself, with the samples in it."""

import base64

from claims.models import Claim, Verdict
from claims.reading.handbook import HEIGHT, WIDTH

# Name, who looks, address, and how far down the page the picture begins.
PICTURES = (
    ("front", "emeka", lambda: "/admin/"),
    ("intake", "aylin", lambda: "/admin/claims/article/intake/"),
    ("annotate", "aylin", lambda: desk_of(Claim.objects.listed().latest("pk"))),
    (
        "claim",
        "aylin",
        lambda: form_of(Claim.objects.filter(status="draft").latest("pk")),
    ),
    ("verdict", "jonas", lambda: form_of(Verdict.objects.filter(status="draft")[0])),
    ("approve", "emeka", lambda: approval()),
    ("people", "admin", lambda: "/admin/auth/user/"),
    ("ratings", "admin", lambda: "/admin/claims/rating/"),
)
# A browser is the one program here that writes WebP.
TO_WEBP = """async (data) => {
  const image = new Image();
  image.src = data;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.72);
}"""


def take_pictures(browser, url, language, folder):
    """Take all pictures in a language, and write them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, login, address in PICTURES:
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            locale=language,
            color_scheme="light",
            reduced_motion="reduce",
        )
        try:
            page = context.new_page()
            page.goto(f"{url}/admin/login/?next={address()}")
            page.fill("#id_username", login)
            page.fill("#id_password", f"{login}-demo")
            page.click("#login-form [type=submit]")
            assert page.url == url + address(), name
            page.wait_for_load_state("networkidle")
            taken = base64.b64encode(page.screenshot()).decode()
            blank = context.new_page()
            made = blank.evaluate(TO_WEBP, f"data:image/png;base64,{taken}")
        finally:
            context.close()
        (folder / f"{name}.webp").write_bytes(base64.b64decode(made.split(",")[1]))


def form_of(row):
    return f"/admin/claims/{row._meta.model_name}/{row.pk}/change/"


def desk_of(claim):
    return f"/admin/claims/article/{claim.article_id}/annotate/"


def approval():
    """Return the approval of a verdict that was published before."""
    waiting = Verdict.objects.filter(status="in_review", claim__current__isnull=False)
    return f"/admin/claims/verdict/{waiting.earliest('pk').pk}/approve/"
