'use client'

import dynamic from 'next/dynamic'

export const PrintMargins = dynamic(() => import('./margins').then((part) => part.Margins), { ssr: false })
