/* The field of who said it: a combobox that tells what was chosen, takes it back by Esc,
   makes speakers and asks about names that look alike. Takes the field, names to choose
   from, messages, `onPick` for the speaker, `onRefusal` for why there is none, and the
   `particulars` of the speaker chosen. */

import { Combobox } from "./combobox.js";
import { labelOf } from "./fields.js";
import { lowered } from "./locale.js";

export class SpeakerBox extends Combobox {
  constructor(input, { names, messages, particulars, onPick, onRefusal }) {
    super(input, {
      find: (typed) => names.offerSpeakers(typed, (wanted) => this.make(wanted)),
      recent: () => this.offered(),
      onPick: (speaker) => {
        onPick(speaker);
        particulars.show(speaker);
        if (!speaker) return;
        this.before = this.choosing;
        this.tell(speaker);
      },
    });
    Object.assign(this, { names, messages, particulars, onRefusal });
    this.maybe = null;
    this.before = null;
    this.made = null;
  }

  set(speaker) {
    super.set(speaker);
    this.before = null;
    this.particulars.show(speaker);
  }

  /* Offer somebody whom the text may mean, and may not. */
  suggest(speaker) {
    this.maybe = speaker;
    if (document.activeElement === this.input && !this.input.value) this.offerRecent();
  }

  offered() {
    const { maybe } = this;
    const recent = this.names.recentSpeakers().filter((each) => each.id !== maybe?.id);
    return maybe ? [maybe, ...recent] : recent;
  }

  pick(index) {
    this.choosing = { typed: this.input.value };
    this.made = null;
    super.pick(index);
  }

  typed() {
    this.before = null;
    super.typed();
  }

  left() {
    super.left();
    this.before = null;
  }

  async make(wanted) {
    const { speaker, alike, error, isNew } = await this.names.createSpeaker(wanted);
    if (alike) {
      const making = (again) => this.make(again);
      const another = this.names.newSpeaker(wanted.name, wanted.kind, { another: true, making });
      this.before = null;
      this.offer([...alike, another]);
      this.messages.say(error, true);
    } else if (error) this.onRefusal(error);
    if (isNew) this.made = speaker;
    return speaker;
  }

  tell(speaker) {
    const kind = lowered(labelOf(this.names.kinds, speaker.kind));
    const words =
      this.made === speaker
        ? gettext("Speaker “%(name)s” created: %(kind)s. Esc takes it back.")
        : gettext("Speaker: %(name)s, %(kind)s. Esc takes it back.");
    this.messages.say(interpolate(words, { name: speaker.name, kind }, true));
  }

  key(event) {
    if (event.key === "Escape" && this.list.hidden && this.value && this.before) {
      event.preventDefault();
      event.stopPropagation();
      this.takeBack();
    } else super.key(event);
  }

  /* Give back what was typed before the last choice; delete a speaker made by it. */
  async takeBack() {
    const { before, made } = this;
    const { name } = this.value;
    this.set(null);
    this.onPick(null);
    this.input.value = before.typed;
    const isGone = made && (await this.names.takeBack(made));
    this.made = null;
    this.lookUp();
    const words = isGone
      ? gettext("“%(name)s” is taken back, and deleted.")
      : gettext("“%(name)s” is taken back.");
    this.messages.say(interpolate(words, { name }, true));
  }
}
