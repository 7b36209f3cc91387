/* The steps of the workflow, for what stands in the list and what keys do. Takes the steps
   that the page came with, each with the states it starts from and whether it `may` be
   taken. */

export class Steps {
  constructor(steps) {
    this.steps = steps;
  }

  /* Return the steps that may be taken from where a claim is. */
  from(claim) {
    return this.steps.filter(
      (step) =>
        step.may &&
        step.sources.includes(claim.status) &&
        !(step.name === "unaccept" && claim.origin !== "rules"),
    );
  }
}
