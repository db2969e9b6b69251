/** A part could not be started for a reason that a person can do something about: the message is one clear sentence. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}
