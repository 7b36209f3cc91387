/* Browsers count UTF-16 units, the desk counts code points: the one place that knows. Takes
   a text. */

export class Offsets {
  constructor(body) {
    this.pairs = [];
    for (let at = 0; at < body.length; at += 1) {
      const unit = body.charCodeAt(at);
      if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < body.length) {
        this.pairs.push(at);
        at += 1;
      }
    }
  }

  /* Return how many code points stand before so many units. */
  points(units) {
    return units - this.countBelow((at) => at + 2 <= units);
  }

  /* Return how many units so many code points take. */
  units(points) {
    return points + this.countBelow((at, nth) => at - nth < points);
  }

  countBelow(isBelow) {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBelow(this.pairs[middle], middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
