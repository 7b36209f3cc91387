"""Nouns and adjectives of saying, thinking and wishing.

One line a word: the word, what may follow it, an example that a test runs.
"""

from __future__ import annotations

# The plural needs no line of its own.
NOUNS = """
accusation that+of+about The union's accusation that the team was tired came late.
acknowledgement that+of The union's acknowledgement that the ferry would run came late.
acknowledgment that+of His acknowledgment that the team was tired came late.
admiration for Dr Holm's admiration for the budget came late.
admission that+of The mayor's admission that rents had fallen came late.
advice that+to The union's advice that the river was clean came late.
alarm that+about+over The union's alarm that the ferry would run came late.
allegation that+of+about His allegation that rents had fallen came late.
anger with+over+at+about+that His anger with the budget came late.
announcement that+about+on His announcement that the team was tired came late.
anxiety that+about+over The mayor's anxiety that rents had fallen came late.
appeal for+that+to The mayor's appeal for the strike came late.
argument that+for+against The union's argument that the river was clean came late.
assault on+against Dr Holm's assault on the strike came late.
assertion that+of+about Her assertion that the ferry would run came late.
assessment of+that Her assessment of the merger came late.
assumption that+of The union's assumption that the river was clean came late.
attack on+against Her attack on the delay came late.
belief that+in The council's belief that rents had fallen came late.
call for+that+to The union's call for the merger came late.
characterisation of+that The union's characterisation of the strike came late.
characterization of+that His characterization of the delay came late.
claim that+of+about The mayor's claim that the bridge was safe came late.
comment about+on Dr Holm's comment about the strike came late.
commitment that Her commitment that rents had fallen came late.
complaint that+about The mayor's complaint that the river was clean came late.
concern that+about+over Dr Holm's concern that the river was clean came late.
condemnation of His condemnation of the plan came late.
confession that+of Her confession that the river was clean came late.
confidence in+that Her confidence in the delay came late.
contempt for The mayor's contempt for the strike came late.
contention that+of+about Dr Holm's contention that the river was clean came late.
conviction that+in The mayor's conviction that the team was tired came late.
criticism of The council's criticism of the strike came late.
critique of The mayor's critique of the merger came late.
decision to Dr Holm's decision to close the mill came late.
declaration that+about+on Dr Holm's declaration that the bridge was safe came late.
defence of The union's defence of the delay came late.
defense of His defense of the budget came late.
demand for+that+to Her demand for the plan came late.
denial of+that Dr Holm's denial of the merger came late.
denunciation of The union's denunciation of the budget came late.
depiction of+that The council's depiction of the plan came late.
description of+that Dr Holm's description of the merger came late.
desire to The union's desire to close the mill came late.
disagreement with Her disagreement with the plan came late.
disclosure that+about+on The union's disclosure that the ferry would run came late.
disdain for The council's disdain for the delay came late.
dismissal of+that The council's dismissal of the plan came late.
doubt that+about+over+of Dr Holm's doubt that the bridge was safe came late.
eagerness to Her eagerness to close the mill came late.
emphasis on Dr Holm's emphasis on the delay came late.
endorsement of The mayor's endorsement of the plan came late.
enthusiasm for The mayor's enthusiasm for the plan came late.
expectation that+of His expectation that the ferry would run came late.
faith in+that Dr Holm's faith in the strike came late.
fear that+of+about+over Her fear that the river was clean came late.
forecast that+of The mayor's forecast that the team was tired came late.
frustration with+over+at+about+that The mayor's frustration with the plan came late.
fury with+over+at+about+that Her fury with the strike came late.
hope that+of+for+to The council's hope that the ferry would run came late.
idea that The council's idea that rents had fallen came late.
implication that+for+against Her implication that the bridge was safe came late.
insistence that+of+about The council's insistence that the bridge was safe came late.
intention to+of The council's intention to close the mill came late.
interest in The union's interest in the budget came late.
notion that Dr Holm's notion that the bridge was safe came late.
notice that+of Her notice that the ferry would run came late.
objection to The union's objection to the delay came late.
offer that+to+of The union's offer that the bridge was safe came late.
opinion that+on+of+about His opinion that the bridge was safe came late.
outrage with+over+at+about+that The union's outrage with the delay came late.
plea for+that+to The council's plea for the delay came late.
pledge that+to+of The council's pledge that the team was tired came late.
portrayal of+that The mayor's portrayal of the budget came late.
position that+on+of+about Her position that the team was tired came late.
praise for+of His praise for the plan came late.
prediction that+of The council's prediction that rents had fallen came late.
preference for The union's preference for the plan came late.
promise that+to+of Dr Holm's promise that rents had fallen came late.
proposal to+for+that Her proposal to close the mill came late.
question about+over+on+whether His question about the merger came late.
recognition that+of Dr Holm's recognition that the bridge was safe came late.
recommendation that+to His recommendation that the ferry would run came late.
refusal to The mayor's refusal to close the mill came late.
rejection of+that Her rejection of the strike came late.
reluctance to Dr Holm's reluctance to close the mill came late.
remark about+on The council's remark about the merger came late.
resistance to Her resistance to the strike came late.
respect for His respect for the merger came late.
revelation that+about+on Her revelation that the river was clean came late.
rumor that+about Dr Holm's rumor that rents had fallen came late.
rumour that+about The council's rumour that the team was tired came late.
scepticism that+about+over+of The mayor's scepticism that the team was tired came late.
skepticism that+about+over+of The council's skepticism that rents had fallen came late.
speculation that+about Her speculation that the bridge was safe came late.
statement that+about+on The mayor's statement that rents had fallen came late.
suggestion that+for+against His suggestion that the ferry would run came late.
theory that The mayor's theory that the team was tired came late.
threat that+to+of His threat that the river was clean came late.
trust in+that The council's trust in the merger came late.
uncertainty that+about+over+of His uncertainty that the ferry would run came late.
unease that+about+over His unease that the team was tired came late.
view that+on+of+about The mayor's view that the river was clean came late.
vision of+for The council's vision of the strike came late.
vow that+to+of The mayor's vow that the ferry would run came late.
warning that+about+of+against Dr Holm's warning that the team was tired came late.
willingness to His willingness to close the mill came late.
worry that+about+over The council's worry that the bridge was safe came late.
"""

# After a form of "be", "feel", "seem" and the like.
ADJECTIVES = """
adamant that+about+of A farmer was adamant that the river was clean.
afraid that+of+to She was afraid that rents had fallen.
angry that+about+over+with+at+by The union was angry that the team was tired.
anxious that+about+with+by Dr Holm was anxious that the ferry would run.
aware that+of The union was aware that the team was tired.
certain that+about+of She was certain that rents had fallen.
clear that+about The mayor was clear that the bridge was safe.
concerned that+about+with+by She was concerned that rents had fallen.
confident that+about+of The mayor was confident that the bridge was safe.
conscious that+of A farmer was conscious that the river was clean.
convinced that+about+of Dr Holm was convinced that the ferry would run.
critical of A farmer was critical of the merger.
determined to The mayor was determined to close the mill.
disappointed that+about+over+with+at+by She was disappointed that rents had fallen.
disdainful of She was disdainful of the budget.
dismayed that+about+over+with+at+by Dr Holm was dismayed that the ferry would run.
dismissive of The mayor was dismissive of the plan.
doubtful that+of+about She was doubtful that rents had fallen.
dubious that+of+about The mayor was dubious that the bridge was safe.
eager to A farmer was eager to close the mill.
enthusiastic about+to The union was enthusiastic about the delay.
excited about+to Dr Holm was excited about the strike.
fearful that+of+to The union was fearful that the team was tired.
frustrated that+about+over+with+at+by She was frustrated that rents had fallen.
furious that+about+over+with+at+by A farmer was furious that the river was clean.
glad that+of+about+to+with+for The union was glad that the team was tired.
grateful that+of+about+to+with+for The mayor was grateful that the bridge was safe.
happy that+of+about+to+with+for Dr Holm was happy that the ferry would run.
hesitant to Dr Holm was hesitant to close the mill.
hopeful that+about+of She was hopeful that rents had fallen.
interested in A farmer was interested in the merger.
leery that+of+about A farmer was leery that the river was clean.
mindful that+of The mayor was mindful that the bridge was safe.
nervous that+about+with+by A farmer was nervous that the river was clean.
opposed to The union was opposed to the plan.
optimistic that+about+of The mayor was optimistic that the bridge was safe.
outraged that+about+over+with+at+by The mayor was outraged that the bridge was safe.
pleased that+of+about+to+with+for A farmer was pleased that the river was clean.
proud that+of+about+to+with+for She was proud that rents had fallen.
reluctant to The union was reluctant to close the mill.
scared that+of+to Dr Holm was scared that the ferry would run.
sceptical that+of+about The mayor was sceptical that the bridge was safe.
shocked that+by+to The union was shocked that the team was tired.
skeptical that+of+about A farmer was skeptical that the river was clean.
stunned that+by+to Dr Holm was stunned that the ferry would run.
supportive of Dr Holm was supportive of the strike.
sure that+about+of The union was sure that the team was tired.
surprised that+by+to She was surprised that rents had fallen.
suspicious that+of+about The union was suspicious that the team was tired.
thankful that+of+about+to+with+for She was thankful that rents had fallen.
unaware that+of Dr Holm was unaware that the ferry would run.
uneasy that+about+with+by The mayor was uneasy that the bridge was safe.
unwilling to She was unwilling to close the mill.
upset that+about+over+with+at+by Dr Holm was upset that the ferry would run.
wary that+of+about Dr Holm was wary that the ferry would run.
willing to The mayor was willing to close the mill.
worried that+about+with+by The union was worried that the team was tired.
"""
