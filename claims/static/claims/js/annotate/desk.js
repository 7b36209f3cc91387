/* The annotation desk: makes the text, the list, the form and what works on them, gives
   each what it needs, and says what follows when one of them changes. Takes the data that
   the page carries in #desk-data. */

import { Actions } from "./actions.js";
import { ActiveClaim } from "./active.js";
import { Api } from "./api.js";
import { Bar } from "./bar.js";
import { Changes } from "./changes.js";
import { ClaimItem } from "./claim-item.js";
import { CorrectionForm } from "./correction.js";
import { Deciding } from "./deciding.js";
import { byId } from "./dom.js";
import { Drafting } from "./drafting.js";
import { Earlier } from "./earlier.js";
import { Edge } from "./edge.js";
import { History } from "./history.js";
import { Keeping } from "./keeping.js";
import { Keys } from "./keys.js";
import { Leaving, claimInAddress } from "./leaving.js";
import { ClaimList } from "./list.js";
import { Marking } from "./marking.js";
import { Messages } from "./messages.js";
import { Names } from "./names.js";
import { Painter } from "./painter.js";
import { Paper } from "./paper.js";
import { Particulars } from "./particulars.js";
import { Polling } from "./polling.js";
import { showCounts, showPeople } from "./progress.js";
import { Repeating } from "./repeating.js";
import { Rights } from "./rights.js";
import { Saving } from "./saving.js";
import { Steps } from "./steps.js";
import { Store } from "./store.js";
import { shortened } from "./words.js";
import { askWords } from "./words-question.js";
import { vaultOfPage } from "../kept/vault.js";

const data = JSON.parse(byId("desk-data").textContent);
const { article, choices, here } = data;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;

const keeping = await Keeping.opened(vaultOfPage(), article);

// What holds and shows the article, and what the server is asked with.
const messages = new Messages({ login: data.login, signedIn: data.signed_in });
const rights = new Rights(data.may, messages);
const steps = new Steps(data.steps, data.me);
const store = new Store(data.text, data.claims, data.me);
const api = new Api(here, token);
const paper = new Paper(byId("text"), data.text.body);
const painter = new Painter(paper);
const history = new History(keeping);
const polling = new Polling({ api, store, messages, onPeople: showPeople, onText: adoptText });
const takeText = () => polling.takeText();
const changes = new Changes({ api, store, history, messages, takeText, askWords });
const kinds = choices.kind;
const names = new Names({ api, changes, messages, rights, kinds });
const particularsOf = (place) => new Particulars({ place, api, changes, messages, kinds });
const leaving = new Leaving({ here, changes, paper, messages });
const correction = new CorrectionForm({ keeping, store, changes, takeText, messages, paper });

// What works on one claim after another.
const list = new ClaimList({
  root: byId("list"),
  filters: byId("filters"),
  store,
  items: new ClaimItem({ store, rights, steps, choices }),
  rights,
  onActivate: (id, how) => active.activate(id, how),
  onAct: (act, id, details) => actions.press(act, id, details),
  onBulk: (step) => actions.run(`${step}Shown`),
});
const active = new ActiveClaim({
  store,
  list,
  paper,
  painter,
  messages,
  rights,
  states: choices.status,
});
const drafting = new Drafting({
  place: byId("form-place"),
  keeping,
  publishedOn: data.published_on,
  choices,
  store,
  paper,
  painter,
  active,
  api,
  names,
  rights,
  messages,
  particularsOf,
  onSave: (form) => {
    earlier.cancel();
    return saving.save(form);
  },
  onMarkAll: (drafts) => actions.inTurn(() => saving.storeAll(drafts)),
});
const saving = new Saving({
  drafting,
  changes,
  store,
  paper,
  painter,
  active,
  list,
  names,
  messages,
});
const marking = new Marking({ paper, drafting, active, list, changes, messages });
const deciding = new Deciding({
  store,
  list,
  active,
  changes,
  history,
  steps,
  names,
  drafting,
  marking,
  rights,
  messages,
  paper,
});
const repeating = new Repeating({ drafting, active, list, paper, changes, rights, messages });
const earlier = new Earlier({ api, place: byId("earlier-place"), repeating, messages });
// All that one event changes is asked about at once.
const lookForEarlier = () => queueMicrotask(() => earlier.look());
const repaint = () => drafting.repaint();
const edge = new Edge({ store, paper, painter, messages, changes, repaint });

// What a person does: keys, buttons, the mouse.
const actions = new Actions({
  store,
  paper,
  painter,
  active,
  edge,
  marking,
  drafting,
  deciding,
  correction,
  leaving,
  earlier,
  rights,
  messages,
});
const run = (act, where) => actions.run(act, where);
const hearing = { text: paper.root, list: list.root, form: byId("form-place") };
const keys = new Keys({ ...hearing, run, paper, edge, messages });
const hasTarget = () => Boolean(drafting.form) || active.id !== null;
const bar = new Bar({ run, paper, rights, hasTarget });

store.addEventListener("change", refresh);
drafting.addEventListener("change", () => bar.show());
for (const part of [drafting, active]) part.addEventListener("change", lookForEarlier);
drafting.addEventListener("keep", lookForEarlier);
active.addEventListener("change", () => {
  edge.drop();
  bar.show();
});
paper.addEventListener("select", () => {
  bar.show();
  painter.cursor();
  lookForEarlier();
  if (!paper.selection) return;
  const words = shortened(paper.textOf(...paper.selection), 160);
  messages.say(interpolate(gettext("Selected: “%(words)s”"), { words }, true));
});
paper.addEventListener("click", () => {
  bar.show();
  painter.cursor();
  active.activateUnder(paper.cursor);
});
paper.root.addEventListener("focus", () => painter.cursor());
paper.root.addEventListener("blur", () => painter.put("cursor", []));

start();

function start() {
  bar.show();
  refresh();
  showPeople(data.people);
  if (!painter.canPaint) {
    messages.alert(
      gettext("This browser cannot draw marks over a text; the list shows every claim."),
    );
  }
  drafting.restore();
  arrive();
  polling.watch();
  document.documentElement.dataset.desk = "ready";
}

/* Begin at the claim that the address names, or else at the text. */
function arrive() {
  const id = claimInAddress();
  if (id !== null && store.get(id)) {
    active.activate(id, { reveal: true });
    paper.focus();
  } else if (!drafting.form) {
    paper.focus();
    if (rights.has("add") && keys.lettersWork) {
      messages.say(
        gettext(
          "Choose words and press Enter to mark them; n goes to the next claim, ? shows all keys.",
        ),
      );
    }
  }
}

function refresh() {
  painter.claims(store.standing);
  painter.active(active.claim);
  list.render();
  lookForEarlier();
  showCounts(store.counts());
}

/* Show a text that was corrected meanwhile; the cursor and a form that is open stay. */
function adoptText(text, claims) {
  const { cursor } = paper;
  edge.drop();
  store.setText(text);
  store.replace(claims, true);
  paper.setBody(text.body);
  paper.cursor = Math.min(cursor, text.body.length);
  const words = gettext("text %(number)s");
  byId("text-number").textContent = interpolate(words, { number: text.number }, true);
  refresh();
  bar.show();
  drafting.adopt(text);
}
