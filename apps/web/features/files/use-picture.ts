'use client'
import { renewSession } from '@parley/api/browser/renew-session'
import { useState } from 'react'

type Loading = 'loading' | 'shown' | 'failed'

/**
 * An image from our own address. The browser asks for it without our help: if it is refused, the session may just have
 * to be renewed, and then it is asked for once more.
 */
export function usePicture(address: string) {
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<Loading>('loading')
  const failed = () => {
    if (attempt > 0) return setState('failed')
    renewSession().then(
      (renewed) => (renewed ? setAttempt(1) : setState('failed')),
      () => setState('failed'),
    )
  }
  return {
    state,
    attributes: {
      src: attempt === 0 ? address : `${address}?again`,
      onLoad: () => setState('shown'),
      onError: failed,
    },
  }
}
