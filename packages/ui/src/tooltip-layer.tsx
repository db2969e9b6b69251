'use client'
import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { Kbd } from './kbd.tsx'
import { placeBeside } from './place-beside.ts'
import { currentTip, dropTip, leaveTip, stayOnTip, subscribeToTip } from './tooltip-store.ts'

/** Where the one tooltip of the page appears. Mounted once, by UiProvider. */
export function TooltipLayer() {
  const tip = useSyncExternalStore(subscribeToTip, currentTip, () => null)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const { current } = box
    if (!tip || !current) return
    const view = { width: window.innerWidth, height: window.innerHeight }
    const at = placeBeside(
      tip.anchor.getBoundingClientRect(),
      current.getBoundingClientRect(),
      tip.side,
      view,
    )
    current.style.translate = `${at.x}px ${at.y}px`
    current.style.visibility = 'visible'
  }, [tip])

  useEffect(() => {
    if (!tip) return
    const { anchor } = tip
    const described = anchor.getAttribute('aria-describedby')
    anchor.setAttribute('aria-describedby', described ? `${described} ${id}` : id)
    const drop = () => dropTip()
    const pressed = (event: KeyboardEvent) => event.key === 'Escape' && dropTip()
    window.addEventListener('scroll', drop, true)
    window.addEventListener('keydown', pressed, true)
    return () => {
      if (described) anchor.setAttribute('aria-describedby', described)
      else anchor.removeAttribute('aria-describedby')
      window.removeEventListener('scroll', drop, true)
      window.removeEventListener('keydown', pressed, true)
    }
  }, [tip, id])

  if (!tip) return null
  return createPortal(
    <div
      ref={box}
      id={id}
      role="tooltip"
      onPointerEnter={stayOnTip}
      onPointerLeave={leaveTip}
      className="pointer-events-auto invisible fixed top-0 left-0 z-50 flex w-max max-w-72 animate-fade-in items-center gap-2 rounded-sm bg-strong px-2 py-1 font-medium text-surface-0 text-xs shadow-float wrap-anywhere"
    >
      {tip.content}
      {tip.shortcut && <Kbd keys={tip.shortcut} />}
    </div>,
    document.body,
  )
}
