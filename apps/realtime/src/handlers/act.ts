import type { Act } from '@parley/domain/command'
import { perform } from '@parley/domain/command'
import type { ClientFrame } from '@parley/protocol'
import type { Handler } from './handler.ts'
import { inLane, isInside } from './lane.ts'

type Request = Extract<ClientFrame, { req: number }>

/** A frame that asks for one act and is answered with `done` or `failed`; its other fields are the act's input. */
export const act =
  <T extends Request['t']>(asked: Act): Handler<T> =>
  (connection, inside, frame, node, bytes) => {
    const { t: _, req, ...input } = frame as Request
    inLane('acts', { connection, inside, node, req, bytes }, async () => {
      await perform(asked, inside.actor, input, node.deps)
      if (isInside(connection)) connection.answer({ t: 'done', req })
    })
  }

/** The same where it depends on the role, which may have changed since the connection was let in. */
export const actByRole =
  <T extends Request['t']>(asked: Act): Handler<T> =>
  (connection, inside, frame, node, bytes) => {
    const { t: _, req, ...input } = frame as Request
    inLane('acts', { connection, inside, node, req, bytes }, async () => {
      await node.delivery.refresh(connection)
      if (!isInside(connection)) return
      await perform(asked, inside.actor, input, node.deps)
      if (isInside(connection)) connection.answer({ t: 'done', req })
    })
  }
