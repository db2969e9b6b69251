'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Outputs, trpc } from '../api/trpc.ts'

export type Figures = Outputs['overview']['figures']
/** What changes from moment to moment. */
export type Sample = { at: number; connections: number | null; p50: number | null; p99: number | null }

const every = 10_000
/** An hour of them. */
const most = 360

const largest = (values: (number | null)[]) => {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.max(...known) : null
}

export function sampleOf({ at, nodes }: Pick<Figures, 'at' | 'nodes'>): Sample {
  return {
    at,
    connections: nodes?.reduce((sum, node) => sum + node.connections, 0) ?? null,
    p50: nodes && largest(nodes.map((node) => node.deliveryP50)),
    p99: nodes && largest(nodes.map((node) => node.deliveryP99)),
  }
}

/** The figures, asked anew while the page is looked at, and what was seen of them since it was opened. */
export function useFigures() {
  const figures = useQuery(
    trpc.overview.figures.queryOptions({}, { refetchInterval: every, refetchOnWindowFocus: true }),
  )
  const [samples, setSamples] = useState<readonly Sample[]>([])
  const { data } = figures
  useEffect(() => {
    if (!data) return
    setSamples((old) => (old.at(-1)?.at === data.at ? old : [...old.slice(1 - most), sampleOf(data)]))
  }, [data])
  return { figures, samples }
}
