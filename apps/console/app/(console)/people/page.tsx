import { PeoplePage } from '../../../features/people/people-page.tsx'

export default function People() {
  return <PeoplePage />
}
