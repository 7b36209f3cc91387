/* Marks drawn over the text without touching it, by the CSS Custom Highlight API. */

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
    const stretches = { "lane-0": [], "lane-1": [], "lane-2": [] };
    for (const name of ["speaker", "cue", "suggestion", "doubt"]) stretches[name] = [];
    const content = [];
    for (const claim of claims) {
      for (const mark of claim.marks) {
        if (!mark.here) {
          const [first] = mark.candidates;
          if (mark.inDoubt && first) stretches.doubt.push(first);
        } else if (mark.role !== "content") {
          stretches[mark.role].push(mark);
        } else if (claim.status === "suggested") {
          stretches.suggestion.push(mark);
        } else {
          content.push(mark);
        }
      }
    }
    for (const [mark, lane] of lanesOf(content)) stretches[`lane-${lane % LANES}`].push(mark);
    for (const [name, marks] of Object.entries(stretches)) this.put(name, marks);
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

  put(name, stretches) {
    const layer = this.layers[name];
    if (!layer) return;
    layer.clear();
    for (const { start, end } of stretches) {
      layer.add(this.paper.range(start, end, StaticRange));
    }
  }
}

/* Return [mark, lane] pairs: marks that share words never share a lane. */
export function lanesOf(marks) {
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
