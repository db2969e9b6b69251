/** The shell shows this place; see features/shell/place.ts. */
export default function Place() {
  return null
}
