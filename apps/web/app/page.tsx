import { Logo } from '@parley/ui'

export default function Home() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <Logo label="Parley" className="size-16" />
    </main>
  )
}
