/* Marks drawn over the text without touching it, by the CSS Custom Highlight API. Takes
   the paper, for ranges of its text and its cursor. */

const LANES = 3;
const NAMES = [
  "lane-0",
  "lane-1",
  "lane-2",
  "speaker",
  "cue",
  "suggestion",
  "doubt",
  "active",
  "active-part",
  "draft",
  "cursor",
];

export class Painter {
  constructor(paper) {
    this.paper = paper;
    this.canPaint = typeof Highlight === "function" && "highlights" in CSS;
    this.layers = {};
    if (!this.canPaint) return;
    NAMES.forEach((name, priority) => {
      const layer = new Highlight();
      layer.priority = priority;
      this.layers[name] = layer;
      CSS.highlights.set(`desk-${name}`, layer);
    });
  }

  /* Draw every claim: lanes by nesting, suggestions and doubts in their own way. */
  claims(claims) {
    if (!this.canPaint) return;
    const layers = { speaker: [], cue: [], suggestion: [], doubt: [] };
    const content = [];
    for (const claim of claims) {
      for (const mark of claim.marks) {
        const layer = layerOf(claim, mark);
        if (layer === "content") content.push(mark);
        else if (layer) layers[layer].push(mark.here ? mark : mark.candidates[0]);
      }
    }
    for (let nth = 0; nth < LANES; nth += 1) layers[`lane-${nth}`] = [];
    for (const [mark, lane] of lanesOf(content)) layers[`lane-${lane % LANES}`].push(mark);
    for (const [name, stretches] of Object.entries(layers)) this.put(name, stretches);
  }

  active(claim) {
    const marks = claim ? claim.marks.filter((mark) => mark.here) : [];
    const doubts = claim
      ? claim.marks.filter((mark) => mark.inDoubt).flatMap((mark) => mark.candidates.slice(0, 1))
      : [];
    this.put("active", [...marks.filter((mark) => mark.role === "content"), ...doubts]);
    this.put(
      "active-part",
      marks.filter((mark) => mark.role !== "content"),
    );
  }

  /* Show where the keyboard is, while the text has the focus and nothing is selected. */
  cursor() {
    const { root, selection } = this.paper;
    const place = document.activeElement === root && !selection ? this.paper.atCursor() : null;
    this.put("cursor", place ? [{ start: place[0], end: place[1] }] : []);
  }

  put(name, stretches) {
    const layer = this.layers[name];
    if (!layer) return;
    layer.clear();
    for (const { start, end } of stretches) {
      layer.add(this.paper.range(start, end, StaticRange));
    }
  }
}

/* Return how a mark is drawn: its words, or else the place that is offered for them. */
function layerOf(claim, mark) {
  if (!mark.here) return mark.inDoubt && mark.candidates.length ? "doubt" : "";
  if (mark.role !== "content") return mark.role;
  return claim.status === "suggested" ? "suggestion" : "content";
}

/* Return [mark, lane] pairs: marks that share words never share a lane. */
function lanesOf(marks) {
  const busy = [];
  return [...marks]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((mark) => {
      let lane = busy.findIndex((end) => end <= mark.start);
      if (lane < 0) lane = busy.length;
      busy[lane] = mark.end;
      return [mark, lane];
    });
}
