'use client'
import { Banner, Button } from '@parley/ui'
import { WifiOff } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useConnection } from '../session/use-sync.ts'

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
  const offline = useOffline()
  const trouble = connection.state !== 'live'
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!trouble) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), patienceMs)
    return () => clearTimeout(timer)
  }, [trouble])

  if (connection.state === 'ended') return <EndedBanner reason={connection.reason} />
  if (!trouble || !lasting) return null
  return offline ? (
    <Banner tone="warning" icon={WifiOff}>
      You are offline. You can read what is here and write: messages leave when you are back.
    </Banner>
  ) : (
    <Banner tone="warning" working>
      Connecting again. You can read and write: messages leave once it is done.
    </Banner>
  )
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
      {reason === 'too_old'
        ? 'This page is older than the server. Reload it to go on; what you wrote is kept.'
        : 'The server ended the connection. Reload the page to go on; what you wrote is kept.'}
    </Banner>
  )
}
