"""Kinds of texts and sentences that a finder easily overlooks or reads wrongly.

Each row is a text and its attributions: speaker, cue, content parts joined by " / ".
"""

import pytest

from claims.attribution import find_attributions

KINDS = {
    "an adjunct between the cue and its colon": [
        (
            "The club said in a letter on Monday: “Rents fell.”",
            ["The club | said | “Rents fell.”"],
        ),
        (
            "Holt told reporters after the match: “We were poor.”",
            ["Holt | told | “We were poor.”"],
        ),
        (
            "Holt said in a statement on Monday: rents had fallen.",
            ["Holt | said | rents had fallen"],
        ),
    ],
    "a clause and a colon": [
        (
            "Holt’s letter makes a plain case: “Rents must fall.”",
            ["Holt’s letter | makes | “Rents must fall.”"],
        ),
        (
            "The union had one message: “Go home and rest.”",
            [],
        ),
        (
            "Ida Holt was clear: “Rents must fall.”",
            ["Ida Holt | was | “Rents must fall.”"],
        ),
    ],
    "something that is written": [
        ("A message read: “Rents fell.”", ["A message | read | “Rents fell.”"]),
        ("The sign reads “No entry”.", ["The sign | reads | “No entry”"]),
        ("Holt read “The Old Mill” aloud.", []),
    ],
    "a time between the cue and its clause": [
        (
            "Reed said late Thursday that rents fell.",
            ["Reed | said | that rents fell"],
        ),
        ("Reed said last week rents fell.", ["Reed | said | rents fell"]),
        ("Reed vowed last month to leave.", ["Reed | vowed | to leave"]),
        ("Reed said “rents fell” on Monday.", ["Reed | said | “rents fell”"]),
    ],
    "a semicolon behind the cue": [
        ("Rents fell, Holt said; wages rose.", ["Holt | said | Rents fell"]),
        ("Rents fell, clerks say; Holt left.", ["clerks | say | Rents fell"]),
    ],
    "what somebody does before saying it": [
        (
            "Holt said before leaving for Dalby that rents fell.",
            ["Holt | said | that rents fell"],
        ),
        (
            "Holt said after the fair that rents fell.",
            ["Holt | said | that rents fell"],
        ),
    ],
    "an aside about who says it": [
        ("The clerk, who says rents fell, left.", ["who | says | rents fell"]),
        (
            "Holt said the clerks, also those in Dalby, would leave.",
            ["Holt | said | the clerks, also those in Dalby, would leave"],
        ),
    ],
    "a question and a title": [
        (
            "“Yes,” she said. “Is it safe?” Mr. Holt asked. “No.”",
            ["she | said | “Yes,”", "Mr. Holt | asked | “Is it safe?” / “No.”"],
        ),
    ],
    "letters that are a word in small letters": [
        ("Rents will rise, says WHO.", ["WHO | says | Rents will rise"]),
        ("WHO warned that rents will rise.", ["WHO | warned | that rents will rise"]),
        ("The clerk who said rents fell left.", ["who | said | rents fell left"]),
    ],
    "what counsel does in court": [
        ("Hale, defending, said rents fell.", ["Hale, defending | said | rents fell"]),
        (
            "Hale, prosecuting, said: “Rents fell.”",
            ["Hale, prosecuting | said | “Rents fell.”"],
        ),
        (
            "“Rents fell,” said Lena Hale, mitigating.",
            ["Lena Hale, mitigating | said | “Rents fell,”"],
        ),
    ],
    "quoted as saying": [
        (
            "Holt was quoted by the Daily Post as saying that rents fell.",
            ["Holt | was quoted by the Daily Post as saying | that rents fell"],
        ),
        (
            "The Daily Post quoted Holt as saying: “Rents fell.”",
            ["Holt | saying | “Rents fell.”"],
        ),
        (
            "“Rents fell,” Holt was quoted as saying.",
            ["Holt | was quoted as saying | “Rents fell,”"],
        ),
    ],
    "per a report": [
        ("Per the report, rents fell.", ["the report | Per | rents fell"]),
        ("Rents fell, per the report.", ["the report | per | Rents fell"]),
        ("Rents fell by 4% per year.", []),
    ],
    "in somebody's view": [
        ("In Holt’s view, rents fell.", ["Holt’s | view | rents fell"]),
        ("Rents, in his opinion, will fall.", ["his | opinion | Rents / will fall"]),
        (
            "Rents must fall, in the union's view.",
            ["the union's | view | Rents must fall"],
        ),
        ("The house in Holt's view is white.", []),
    ],
    "marks of other countries, and two single ones": [
        ("“Rents fell’’, Holt said.", ["Holt | said | “Rents fell’’"]),
        ("»Rents fell«, said Holt.", ["Holt | said | »Rents fell«"]),
        ("「Rents fell」, said Holt.", ["Holt | said | 「Rents fell」"]),
        ("‘He said “no” to me,’ Holt said.", ["Holt | said | ‘He said “no” to me,’"]),
        (
            'Holt, 6\'2" tall, said "rents fell" in May.',
            ['Holt, 6\'2" tall | said | "rents fell"'],
        ),
    ],
    "two who speak in one sentence": [
        (
            "“Rents fell,” Holt said, and “Wages rose,” Vik added.",
            ["Holt | said | “Rents fell,”", "Vik | added | “Wages rose,”"],
        ),
        (
            "Holt said rents fell and Vik said wages rose.",
            ["Holt | said | rents fell", "Vik | said | wages rose"],
        ),
        (
            "Holt called it a farce and Vik said rents fell.",
            ["Holt | called | it a farce", "Vik | said | rents fell"],
        ),
        (
            "Holt attacked Vik after Moe accused him of theft.",
            ["Holt | attacked | Vik", "Moe | accused | him of theft"],
        ),
    ],
    "a clock before the name": [
        ("10.15am: Ida Holt said rents fell.", ["Ida Holt | said | rents fell"]),
        ("10:15 Ida Holt said rents fell.", ["Ida Holt | said | rents fell"]),
        ("14:02 GMT\nIda Holt said rents fell.", ["Ida Holt | said | rents fell"]),
    ],
    "a line that ends without a full stop": [
        (
            "The mayor spoke on Tuesday\nRents had risen, Ida Holt said.",
            ["Ida Holt | said | Rents had risen"],
        ),
        (
            "Rents fall, says Holt\nThe council of Dalby said wages rose.",
            [
                "Holt | says | Rents fall",
                "The council of Dalby | said | wages rose",
            ],
        ),
        # broken because the next word did not fit
        (
            "The mayor of the town, who came to the harbour late, said that the old\n"
            "bridge of the fishers and the road to the mill were both open again to\n"
            "all.",
            ["The mayor of the town, who came to the harbour late | said | that the"],
        ),
    ],
    "captions and rows of a table": [
        ("Photo: Ida Holt says goodbye to Vik.", []),
        ("Picture: Jon Vik/Daily Post", []),
        ("Holt | said | 4%", []),
        ("Town\tHolt says\t4%", []),
    ],
    "a quotation over paragraphs before its cue": [
        (
            "“Rents fell.\n\n“Wages rose.\n\n“I am glad,” Mira Sol said.",
            ["Mira Sol | said | “Rents fell. / “Wages rose. / “I am glad,”"],
        ),
        (
            "Holt spoke.\n\n“Rents fell.\n\n“I am glad,” said Mira Sol.",
            ["Mira Sol | said | “Rents fell. / “I am glad,”"],
        ),
        # another paragraph stands between them
        (
            "“Rents fell.\n\nThe hall was cold.\n\n“I am glad,” Mira Sol said.",
            ["Mira Sol | said | “I am glad,”"],
        ),
    ],
    "an interview": [
        (
            "Daily Post: What of rents?\n\nMira Sol: They fell by 4%. Vik knew.",
            ["Mira Sol |  | They fell by 4%. Vik knew"],
        ),
        (
            "Q: Did rents fall?\nA: They fell in May.\nQ: Why?\nA: Wages did too.",
            ["A |  | They fell in May", "A |  | Wages did too"],
        ),
        # what is said about others there is the words of the turn
        (
            "Ida Holt sat down with us.\n\nPost: Why?\n\nHolt: Vik said so.\n\n"
            "It is true.\n\nPost: Is it?\n\nHolt: It is true.\n\n"
            "The council said rents fell.",
            [
                "Holt |  | Vik said so / It is true",
                "Holt |  | It is true",
                "The council | said | rents fell",
            ],
        ),
    ],
    "a debate with roles in brackets": [
        (
            "The Minister for Ports (Ida Holt): The port is safe.\n\n"
            "Jon Vik (Dalby) (Green): Is it really?",
            ["The Minister for Ports (Ida Holt) |  | The port is safe"],
        ),
        (
            "Mr Vik: Is it safe?\n\nMrs Holt: It is. I have said so before.",
            ["Mrs Holt |  | It is. I have said so before"],
        ),
    ],
    "a quotation with its signature": [
        (
            "“Rents fell in May and nobody knows why.” ― Ida Holt, baker",
            [
                "Ida Holt, baker | ― | “Rents fell in May and nobody knows why.”",
            ],
        ),
        ("“The Long Road” – Dalby’s new theatre opens in May.", []),
    ],
    "a verb and its speaker before the quotation": [
        ("Said Holt: “Rents fell in May.”", ["Holt | Said | “Rents fell in May.”"]),
        (
            "Holt says of the mayor, “He never kept his word.”",
            ["Holt | says | “He never kept his word.”"],
        ),
    ],
    "something written after its words": [
        ("“No entry for dogs,” the sign read.", ["the sign | read | “No entry"]),
        ("“No entry for dogs,” the baker read.", []),
    ],
    "as reported by": [
        (
            "As reported by the Daily Post, rents fell in May.",
            ["the Daily Post | reported | rents fell in May"],
        ),
        ("As built by the council, the pier was safe.", []),
    ],
    "called by a name, or called something": [
        ("The coach called Vik a coward.", ["The coach | called | Vik a coward"]),
        ("The pier has a kiosk called Vik.", []),
    ],
    "a transcript in marks, with notes between": [
        (
            '"HOLT: Did rents fall?\n\n"VIK: They fell in May.\n\n'
            '"(Applause.)\n\n"HOLT: Why?\n\n"VIK: Nobody knows it.',
            ["VIK |  | They fell in May", "VIK |  | Nobody knows it"],
        ),
    ],
    "labels that are nobody": [
        ("Monday: Are you open?\nTuesday: We are open all day.", []),
        ("Rents: They fell in May.\nWages: They rose in May.", []),
        ("Address: 12 Main Road, Dalby.\nPrice: How much is it?", []),
    ],
    "a speaker described up to a day": [
        (
            "“Rents fell,” said Ida Holt, a baker who left the town on Tuesday.",
            [
                "Ida Holt, a baker who left the town on Tuesday | said | “Rents fell,”",
            ],
        ),
        ("“Rents fell,” said Tuesday.", []),
    ],
    "three marks that close two quotations": [
        (
            "''They say, 'Go back to your town,''' said Ida Holt.",
            ["Ida Holt | said | ''They say, 'Go back to your town,'''"],
        ),
    ],
    "a speaker after a clause with commas": [
        (
            "In Dalby, the mill is open, said the firm's owner, Ida Holt.",
            ["the firm's owner, Ida Holt | said | In Dalby, the mill is open"],
        ),
        ("Holt, who is a baker, said no.", ["Holt, who is a baker | said | no"]),
    ],
    "a cue before the words are whole": [
        (
            "It was, she said, one of the best years.",
            ["she | said | It was / one of the best years"],
        ),
        (
            "It is her job, Holt said, to talk to the council.",
            ["Holt | said | It is her job / to talk to the council"],
        ),
        ("Rents fell, she said, in May.", ["she | said | Rents fell"]),
    ],
    "a subject with more behind its noun": [
        (
            "Sources close to her campaign say rents fell.",
            ["Sources close to her campaign | say | rents fell"],
        ),
        (
            "Rents fell, a source close to him said.",
            ["a source close to him | said | Rents fell"],
        ),
        ("Ida Holt herself said rents fell.", ["Ida Holt herself | said | rents fell"]),
        (
            "A man familiar with Holt's thinking said rents fell.",
            ["A man familiar with Holt's thinking | said | rents fell"],
        ),
        (
            "Ida Holt on Monday evening said rents fell.",
            ["Ida Holt | said | rents fell"],
        ),
        (
            "Polls in New Dalby show rents fell.",
            ["Polls in New Dalby | show | rents fell"],
        ),
    ],
    "a participle that describes the subject": [
        (
            "Bakers supporting the plan have said rents fell.",
            ["Bakers supporting the plan | have said | rents fell"],
        ),
        ("After meeting Lund, Holt said no.", ["Holt | said | no"]),
    ],
    "who has written what is reported": [
        (
            "Holt has a message from Per Lund, reporting that rents fell.",
            ["Per Lund | reporting | that rents fell"],
        ),
        (
            "Holt left the town of Lund, reporting that rents fell.",
            ["Holt | reporting | that rents fell"],
        ),
    ],
    "a gerund as a noun": [
        (
            "Holt said at the hearing that rents fell.",
            ["Holt | said | that rents fell"],
        ),
        ("Holt says going home was right.", ["Holt | says | going home was right"]),
    ],
    "a verb with an object and no clause": [
        ("Holt maintained a lead that was small.", []),
        ("The plan proved hard to carry out.", []),
        ("The court charged two men who had been seen.", []),
        ("Holt maintained that rents fell.", ["Holt | maintained | that rents fell"]),
    ],
    "somebody told between the cue and its clause": [
        (
            "Holt complained to the board's Per Lund that the ferry was late.",
            ["Holt | complained | that the ferry was late"],
        ),
        (
            "Holt, the treasurer, asked former mayor Per Lund whether rents fell.",
            ["Holt, the treasurer | asked | whether rents fell"],
        ),
    ],
    "a day between the cue and its object": [
        (
            "Holt announced on Monday the closure of the mill.",
            ["Holt | announced | the closure of the mill"],
        ),
    ],
    "a cue that hangs on another verb": [
        ("Holt began dismissing the plan.", ["Holt | dismissing | the plan"]),
        ("Holt continued to back the plan.", ["Holt | back | the plan"]),
    ],
    "a clause that its noun or pronoun goes on with": [
        (
            "The town kept a deadline the clerks said had gone unnoticed.",
            ["the clerks | said | a deadline / had gone unnoticed"],
        ),
        (
            "It was what Holt described as a farce.",
            ["Holt | described | what / as a farce"],
        ),
        (
            "“It is bad luck,” Holt said, that both bridges fell.",
            ["Holt | said | “It is bad luck,” / that both bridges fell"],
        ),
        (
            "“It is too late,” Holt said. Now “we need a plan for the pier.”",
            ["Holt | said | “It is too late,” / Now “we need a plan for the pier.”"],
        ),
    ],
    "a poll that a sentence opens with": [
        (
            "In a new poll by the Harbour Post, Holt led by four points.",
            ["a new poll by the Harbour Post | In | Holt led by four points"],
        ),
    ],
    "a long aside of the author's own": [
        (
            "Holt said the pier was safe, a view that nobody in the harbour shares.",
            ["Holt | said | the pier was safe"],
        ),
    ],
    "a quotation in a description, and no inversion": [
        (
            "Holt, who calls it a “farce,” said he disagrees with the plan.",
            ["who | calls | it a “farce,”"],
        ),
    ],
    "a first line with its speaker": [
        (
            "Ida Holt: I'd like a tram.\n\nThe mayor was happy.",
            ["Ida Holt | : | I'd like a tram"],
        ),
        ("Analysis: Rents fell.\n\nThe mayor was happy.", []),
    ],
    "a stop inside the marks before the speaker": [
        ("“Rents fell.” Ida Holt said.", ["Ida Holt | said | “Rents fell.”"]),
    ],
    "a soft hyphen in the cue": [
        ("Ida Holt sa\u00adid rents fell.", ["Ida Holt | sa\u00adid | rents fell"]),
    ],
}
ROWS = [(kind, *row) for kind, rows in KINDS.items() for row in rows]


@pytest.mark.parametrize(
    ("kind", "text", "expected"), ROWS, ids=[row[1][:40] for row in ROWS]
)
def test_a_kind_is_read_as_an_editor_reads_it(kind, text, expected):
    found = [
        (
            item.speaker.of(text) if item.speaker else "",
            item.cue.of(text) if item.cue else "",
            " / ".join(part.of(text) for part in item.content),
        )
        for item in find_attributions(text)
    ]
    assert len(found) == len(expected), (kind, found)
    for item, row in zip(found, expected, strict=True):
        speaker, cue, words = (part.strip() for part in row.split("|"))
        assert item[:2] == (speaker, cue), kind
        assert item[2].startswith(words), kind
