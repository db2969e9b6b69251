import { createContext, use } from 'react'
import type { Outputs } from '../api/trpc.ts'

export type Me = Outputs['people']['me']
export type Permission = keyof Me['permissions']

export const MeContext = createContext<Me | null>(null)

/** Who is signed in. Only behind the SessionGate. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('useMe was called outside the SessionGate.')
  return me
}

/** Whether to offer something; the server decides. */
export const useMay = (permission: Permission): boolean => useMe().permissions[permission]
