import type { Side } from './tooltip-store.ts'

type Box = { left: number; top: number; width: number; height: number }

/** Between a layer and what it belongs to, and between a layer and the edge of the window. Pixels. */
const gap = 6
const margin = 8

const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const satisfies Record<
  Side,
  Side
>

function besides(anchor: Box, layer: Box, side: Side): { x: number; y: number } {
  const middleX = anchor.left + (anchor.width - layer.width) / 2
  const middleY = anchor.top + (anchor.height - layer.height) / 2
  switch (side) {
    case 'top':
      return { x: middleX, y: anchor.top - gap - layer.height }
    case 'bottom':
      return { x: middleX, y: anchor.top + anchor.height + gap }
    case 'left':
      return { x: anchor.left - gap - layer.width, y: middleY }
    case 'right':
      return { x: anchor.left + anchor.width + gap, y: middleY }
  }
}

/** Where a layer stands: on the wished side, on the other one where that has no room, and never outside the window. */
export function placeBeside(
  anchor: Box,
  layer: Box,
  side: Side,
  view: { width: number; height: number },
): { x: number; y: number } {
  const fits = ({ x, y }: { x: number; y: number }) =>
    side === 'top' || side === 'bottom'
      ? y >= margin && y + layer.height <= view.height - margin
      : x >= margin && x + layer.width <= view.width - margin
  const wished = besides(anchor, layer, side)
  const other = besides(anchor, layer, opposite[side])
  const { x, y } = fits(wished) || !fits(other) ? wished : other
  const inside = (at: number, size: number, all: number) =>
    Math.round(Math.max(margin, Math.min(at, all - margin - size)))
  return { x: inside(x, layer.width, view.width), y: inside(y, layer.height, view.height) }
}
