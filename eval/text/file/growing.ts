/** Numbers added one by one, nine bytes a row: all that is kept of a file of any length. */
export class GrowingScores {
  #scores = new Float64Array(1024);
  #truth = new Uint8Array(1024);
  #length = 0;

  add(score: number, truth: 0 | 1): void {
    if (this.#length === this.#scores.length) {
      const scores = new Float64Array(2 * this.#length);
      scores.set(this.#scores);
      this.#scores = scores;
      const truths = new Uint8Array(2 * this.#length);
      truths.set(this.#truth);
      this.#truth = truths;
    }
    this.#scores[this.#length] = score;
    this.#truth[this.#length] = truth;
    this.#length++;
  }

  /** Scores and truth by row. */
  all(): { readonly scores: Float64Array; readonly truth: Uint8Array } {
    return { scores: this.#scores.slice(0, this.#length), truth: this.#truth.slice(0, this.#length) };
  }
}
