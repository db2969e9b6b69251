/** The shell shows the start; see features/shell/place.ts. */
export default function Home() {
  return null
}
