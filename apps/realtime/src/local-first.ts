import { type Parcel, parcelOf } from '@parley/adapters/fanout/parcel'
import type { Log, Publisher } from '@parley/domain/ports'

/**
 * Serves this node's own people the moment something is durable, in the same turn of the event loop and whether or not
 * Redis is there; then the other nodes are told.
 */
export const localFirst = (remote: Publisher, deliver: (parcel: Parcel) => void, log: Log): Publisher => ({
  async publish(publication) {
    try {
      deliver(parcelOf(publication))
    } catch (error) {
      // a defect here must not keep the others from being told
      log.error('could not deliver on this node', error)
    }
    await remote.publish(publication)
  },
  republish: (payload) => remote.republish(payload),
})
