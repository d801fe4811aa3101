'use client'

import dynamic from 'next/dynamic'

/** Who is signed in, asked after the page, since nothing else waits for it. */
export const AccountMenu = dynamic(() => import('./account').then((module) => module.Account), { ssr: false })
