/* What the person at this desk may do. Takes the rights that the page came with, and
   messages to say what is not allowed. */

export class Rights {
  constructor(may, messages) {
    Object.assign(this, { may, messages });
  }

  has(right) {
    return Boolean(this.may[right]);
  }

  /* Whether something is allowed; where it is not, say so. */
  demand(right) {
    if (this.has(right)) return true;
    this.messages.say(gettext("You may only look at this article."));
    return false;
  }
}
