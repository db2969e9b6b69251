import type { ReactNode } from 'react'
import { SessionGate } from '../../features/session/session-gate.tsx'
import { ConsoleShell } from '../../features/shell/console-shell.tsx'

/** Everything behind the door. What a role may not do is refused by the server; here it is only not offered. */
export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return (
    <SessionGate>
      <ConsoleShell>{children}</ConsoleShell>
    </SessionGate>
  )
}
