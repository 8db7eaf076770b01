import { z } from 'zod'

// The page forbids `eval`. Without this, zod tries it once to see whether it may, and the browser reports a violation.
z.config({ jitless: true })
