import { EmptyState } from '../empty-state.tsx'
import { LinkButton } from '../link-button.tsx'

export function NotFound() {
  return (
    <main className="flex min-h-dvh">
      <EmptyState
        title="There is nothing at this address"
        action={
          <LinkButton href="/" variant="primary">
            Go to the start
          </LinkButton>
        }
      >
        It may have been moved or deleted, or it may not be visible to you.
      </EmptyState>
    </main>
  )
}
