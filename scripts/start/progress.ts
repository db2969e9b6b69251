import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from '@parley/devstack'

export type Progress = {
  /** Shows one step while it runs, with the time that it took. */
  step<T>(title: string, run: (detail: (text: string) => void) => Promise<T>): Promise<T>
  say(line: string): void
}

type Screen = { write(text: string): unknown; isTTY?: boolean; columns?: number }

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 100
/** Below this a time says nothing. */
const WORTH_SAYING_MS = 100
/** In which a Ctrl-C that came during a wait that heard nothing is heard. */
const HEARING_MS = 20

/**
 * A moving line on a terminal, plain lines anywhere else.
 * @param stopping once it says so no step begins, and what a step broke off with is no failure of that step
 */
export function openProgress(screen: Screen, stopping: AbortSignal): Progress {
  const live = screen.isTTY === true && !process.env.CI && process.env.TERM !== 'dumb'
  let redraw: (() => void) | null = null
  const clear = () => live && redraw && screen.write('\r\x1b[2K')

  return {
    say(line) {
      clear()
      screen.write(`${line}\n`)
      redraw?.()
    },
    async step(title, run) {
      stopping.throwIfAborted()
      const began = performance.now()
      let detail = ''
      let frame = 0
      const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`
      const draw = () => {
        const text = `${FRAMES[frame % FRAMES.length]} ${title}  ${seconds()}${detail ? `  ${detail}` : ''}`
        screen.write(`\r\x1b[2K${text.slice(0, (screen.columns ?? 80) - 1)}`)
      }
      const timer = live
        ? setInterval(() => {
            frame += 1
            draw()
          }, FRAME_MS)
        : null
      if (live) {
        redraw = draw
        draw()
      } else screen.write(`${title} …\n`)
      const finish = (mark: string) => {
        if (timer) clearInterval(timer)
        clear()
        redraw = null
        const time = performance.now() - began > WORTH_SAYING_MS ? `  ${seconds()}` : ''
        screen.write(`${mark} ${title}${time}\n`)
      }
      try {
        const result = await run((text) => {
          detail = text
        })
        finish('✓')
        return result
      } catch (error) {
        await sleep(HEARING_MS)
        finish(error instanceof CannotStart && !stopping.aborted ? '✗' : '·')
        throw error
      }
    },
  }
}
