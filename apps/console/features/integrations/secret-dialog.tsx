'use client'
import { Button, Dialog } from '@parley/ui'
import { type ReactNode, useState } from 'react'

/**
 * A dialog around a secret that is shown once. It does not go away by a stray key or click: the first says what would be
 * lost, and only the button below closes it.
 */
export function SecretDialog({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: ReactNode
}) {
  const [warned, setWarned] = useState(false)
  return (
    <Dialog
      open
      onOpenChange={() => setWarned(true)}
      size="medium"
      title={title}
      footer={
        <>
          {warned && (
            <p role="alert" className="me-auto self-center text-warning-text">
              It will not be shown again.
            </p>
          )}
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
