/**
 * Loaded before a process of the suite: at SIGUSR2 its wall clock steps, first far ahead, then back to the truth, then
 * far behind, and back. Its steady clocks and timers go on, as on a machine whose time is set.
 */
const STEPS_MS = [45_000, 0, -45_000, 0] as const

const RealDate = Date
let step = -1
const now = () => RealDate.now() + (step < 0 ? 0 : STEPS_MS[step % STEPS_MS.length]!)

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: [], self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

process.on('SIGUSR2', () => {
  step++
})
