/** Most stems stand in one or two claims. */
const FIRST = 2;

/** A growing list of claims' slots. */
export class SlotList {
  /** Its first `length` entries are the list; another array once it has grown. */
  slots = new Int32Array(FIRST);
  length = 0;

  add(slot: number): void {
    if (this.length === this.slots.length) {
      const grown = new Int32Array(this.length * 2);
      grown.set(this.slots);
      this.slots = grown;
    }
    this.slots[this.length++] = slot;
  }

  remove(slot: number): void {
    const at = this.slots.subarray(0, this.length).indexOf(slot);
    if (at < 0) return;
    this.slots.copyWithin(at, at + 1, this.length);
    this.length--;
  }
}
