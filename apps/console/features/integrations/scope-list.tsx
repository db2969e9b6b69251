'use client'
import { useQuery } from '@tanstack/react-query'
import { trpc } from '../api/trpc.ts'

/** Scopes change only with a new version, in milliseconds. */
const fresh = 600_000

export const useChoices = () =>
  useQuery(trpc.integrations.tokenChoices.queryOptions({}, { staleTime: fresh }))

/** Scopes with what each allows. */
export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  const says = new Map(useChoices().data?.scopes.map((scope) => [scope.name as string, scope.says]))
  return (
    <ul className="flex flex-col gap-2">
      {scopes.map((scope) => (
        <li key={scope}>
          <code className="font-mono text-sm text-strong">{scope}</code>
          <p className="text-muted text-sm">{says.get(scope)}</p>
        </li>
      ))}
    </ul>
  )
}
