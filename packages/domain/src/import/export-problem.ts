/**
 * Something in an export that stands against importing it. The message is a sentence for the administrator;
 * `file` names the entry of the archive, or null when the archive as a whole is meant.
 */
export class ExportProblem extends Error {
  override readonly name = 'ExportProblem'
  readonly file: string | null
  constructor(file: string | null, says: string) {
    super(says)
    this.file = file
  }
}
