'use client'
import { Banner, Button } from '@parley/ui'
import { WifiOff } from 'lucide-react'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { useConnection } from '../session/use-sync.ts'
import { NOTICES, noticeOf } from './connection-notice.ts'

/** Short breaks heal unseen. */
const patienceMs = 2_000

const onNetwork = (listener: () => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
const useOffline = () =>
  useSyncExternalStore(
    onNetwork,
    () => !navigator.onLine,
    () => false,
  )

/** Nothing while all is well; after two seconds of trouble a line that says what still works. */
export function ConnectionBanner() {
  const connection = useConnection()
  const notice = noticeOf(connection, useOffline())
  const trouble = notice !== null
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!trouble) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), patienceMs)
    return () => clearTimeout(timer)
  }, [trouble])

  if (connection.state === 'ended')
    return (
      <Floating>
        <EndedBanner reason={connection.reason} />
      </Floating>
    )
  if (!notice || !lasting) return null
  const offline = notice === 'offline' || notice === 'offline-first'
  return (
    // Nobody who comes for the first time is warned of a connection that was never lost.
    <Floating>
      <Banner
        tone={notice === 'connecting' ? 'neutral' : 'warning'}
        {...(offline ? { icon: WifiOff } : { working: true })}
      >
        {NOTICES[notice]}
      </Banner>
    </Floating>
  )
}

/** Below the header, over what is read: nothing moves when it comes or goes, and nothing is kept from being clicked. */
const Floating = ({ children }: { children: ReactNode }) => (
  <div className="pointer-events-none absolute inset-x-0 top-14 z-30 flex justify-center px-4">
    <div className="pointer-events-auto overflow-hidden rounded-lg bg-float shadow-float empty:hidden">
      {children}
    </div>
  </div>
)

const ENDED: Record<string, string> = {
  too_old: 'This page is older than the server. Reload it to go on; what you wrote is kept.',
  too_many:
    'You have Parley open in too many places, so this one was disconnected. Close some of them, then reload; what you wrote is kept.',
}

function EndedBanner({ reason }: { reason: string }) {
  if (reason === 'closed') return null
  return (
    <Banner
      tone="warning"
      action={
        <Button size="small" onClick={() => window.location.reload()}>
          Reload
        </Button>
      }
    >
      {ENDED[reason] ?? 'The server ended the connection. Reload the page to go on; what you wrote is kept.'}
    </Banner>
  )
}
