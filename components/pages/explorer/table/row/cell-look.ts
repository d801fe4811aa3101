/** The look of a cell, which cuts its text. */
export const TEXT_CELL = 'data overflow-clip leading-(--row) text-ellipsis whitespace-nowrap'

/** The look of a cell with an address and its context, which gives way first. */
export const ADDRESS_CELL = 'flex min-w-0 items-center gap-1.5 overflow-clip whitespace-nowrap'

/** An arrow from the cell before. */
export const ARROW = 'before:mr-auto before:text-faint before:content-["→"]'
