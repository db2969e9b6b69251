export type Toast = {
  id: number
  title: string
  detail?: string
  tone: 'neutral' | 'success' | 'danger'
  action?: { label: string; onAction: () => void }
  /** Milliseconds on screen. Errors and undos stay longer, since they ask for a decision. */
  duration: number
}

/** More than this at once is noise: the oldest go. */
const maxToasts = 3
const plainDuration = 5_000
const decisionDuration = 10_000

let toasts: ReadonlyArray<Toast> = []
let lastId = 0
const listeners = new Set<() => void>()

function replace(next: ReadonlyArray<Toast>) {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says something in passing, at the corner, to eyes and to screen readers. Returns the id for dismissToast. */
export function toast(message: {
  title: string
  detail?: string
  tone?: Toast['tone']
  action?: Toast['action']
  duration?: number
}): number {
  const id = ++lastId
  const { tone = 'neutral', action } = message
  const duration = message.duration ?? (action || tone === 'danger' ? decisionDuration : plainDuration)
  replace([...toasts.slice(1 - maxToasts), { ...message, id, tone, duration }])
  return id
}

export function dismissToast(id: number): void {
  replace(toasts.filter((each) => each.id !== id))
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const currentToasts = (): ReadonlyArray<Toast> => toasts
