import { RetentionPage } from '../../../features/retention/retention-page.tsx'

export default function Retention() {
  return <RetentionPage />
}
