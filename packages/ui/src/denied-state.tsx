'use client'
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { StatePage } from './state-page.tsx'
import { useUiText } from './ui-text.ts'

/** Absent and forbidden look the same, so that nobody learns what exists. */
export function DeniedState({ action, children }: { action?: ReactNode; children?: ReactNode }) {
  const text = useUiText()
  return (
    <StatePage icon={Lock} title={text.denied} actions={action}>
      {children ?? text.deniedWhy}
    </StatePage>
  )
}
