import { ParleyError } from '@parley/protocol'

/** A response that we do not take. The reason is for administrators and the audit log; whoever posted it learns it too. */
export const refused = (reason: string): ParleyError =>
  new ParleyError('wrong_credentials', `The identity provider’s response is refused: ${reason}.`)
