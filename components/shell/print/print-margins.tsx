'use client'

import { late } from '@/components/ui/late'

export const PrintMargins = late(() => import('./margins').then((part) => part.Margins))
