import type { Clock } from '@parley/sync'

/** Without a touch of keyboard, mouse or screen for so long, a device is not in use. */
export const IDLE_AFTER_MS = 10 * 60_000

const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/**
 * Tells when this page ceases to be in use, and when it is used again: touched, or brought to the front. Whoever only
 * looks at another window is not idle yet. The answer ends it.
 */
export function watchUse(
  page: EventTarget & Pick<Document, 'visibilityState'>,
  clock: Clock,
  tell: (idle: boolean) => void,
): () => void {
  let lastUsed = clock.now()
  let idle = false
  let cancel = clock.after(IDLE_AFTER_MS, look)

  function look(): void {
    const left = lastUsed + IDLE_AFTER_MS - clock.now()
    if (left > 0) {
      cancel = clock.after(left, look)
      return
    }
    idle = true
    tell(true)
  }
  /** As a rule this only writes down when it was: there are many touches. */
  function used(): void {
    lastUsed = clock.now()
    if (!idle) return
    idle = false
    tell(false)
    cancel = clock.after(IDLE_AFTER_MS, look)
  }
  const shown = () => page.visibilityState === 'visible' && used()

  for (const touch of TOUCHES) page.addEventListener(touch, used, { capture: true, passive: true })
  page.addEventListener('visibilitychange', shown)
  return () => {
    cancel()
    for (const touch of TOUCHES) page.removeEventListener(touch, used, { capture: true })
    page.removeEventListener('visibilitychange', shown)
  }
}
