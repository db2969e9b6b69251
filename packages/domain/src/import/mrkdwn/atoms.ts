/**
 * Finished pieces of Markdown (links, mentions, code, delimiters) that later steps must neither escape nor read
 * as formatting. Each is replaced by a placeholder between two NULs, which no message may hold, and put back last.
 */
export class Atoms {
  readonly #kept: string[] = []

  keep(markdown: string): string {
    this.#kept.push(markdown)
    return `\u0000${this.#kept.length - 1}\u0000`
  }

  /** Puts every atom back, those within atoms (code in a link's label) too. */
  restore(text: string): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL marks the placeholders
    return text.replace(/\u0000(\d+)\u0000/g, (_, index) => this.restore(this.#kept[Number(index)]!))
  }
}
