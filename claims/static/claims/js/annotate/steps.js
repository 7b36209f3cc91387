/* The steps of the workflow, for what stands in the list and what keys do. Takes the steps
   that the page came with, each with the states it starts from and whether it `may` be
   taken, and who is at the desk. */

/* Whether a step is open on a claim, where that depends on more than its state. What was
   published leaves the site by two people, and comes back with a reason on its own page. */
const OPEN = {
  unaccept: ({ origin }) => origin === "rules",
  list: ({ status, published }) => status !== "withdrawn" || !published,
  ask_withdraw: ({ published, asked }) => published && !asked,
  decline_withdraw: ({ asked }) => Boolean(asked),
  withdraw: ({ published, asked }, me) => !published || (asked && asked.by !== me),
};

export class Steps {
  constructor(steps, me) {
    Object.assign(this, { steps, me });
  }

  /* Return the steps that may be taken from where a claim is. */
  from(claim) {
    return this.steps.filter(
      (step) =>
        step.may &&
        step.sources.includes(claim.status) &&
        (!OPEN[step.name] || OPEN[step.name](claim, this.me)),
    );
  }
}
