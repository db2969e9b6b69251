import { type Act, type Actor, type Role, SCOPES, type Scope } from '@parley/domain'
import type { Deps } from '@parley/domain/deps'
import { isParleyError } from '@parley/protocol'

const at = { address: '192.0.2.1', session: '2', device: '3' }
const person = (role: Role): Actor => ({ kind: 'person', id: '900', name: role, role, ...at })

/** Everybody who may come to a door. None of them is in the database: they are members of nothing. */
export const CALLERS = {
  nobody: { kind: 'anonymous', address: at.address },
  token: {
    ...{ kind: 'token', id: '900', name: 'bot', token: '9', address: at.address },
    scopes: Object.keys(SCOPES) as Scope[],
  },
  member: person('member'),
  auditor: person('auditor'),
  administrator: person('administrator'),
  owner: person('owner'),
  system: { kind: 'system', name: 'worker' },
} as const satisfies Record<string, Actor>
export type Caller = keyof typeof CALLERS

/** Names things that are not there. */
const NOTHING = new Proxy({}, { get: () => '404', has: () => true })

/**
 * What the act's own access says to the caller, before anything is run: `refused` for who one is, `absent` for what one
 * cannot see, `passed` otherwise.
 */
export async function probe(act: Act, caller: Caller, deps: Deps): Promise<'refused' | 'absent' | 'passed'> {
  const actor: Actor = CALLERS[caller]
  if (actor.kind === 'token' && act.tokens === 'never') return 'refused'
  try {
    await deps.db.transaction(async (tx) => act.access({ tx, actor, input: NOTHING }))
    return 'passed'
  } catch (e) {
    if (!isParleyError(e)) throw e
    if (e.code === 'signed_out' || e.code === 'not_allowed') return 'refused'
    return 'absent'
  }
}
