import { bombs } from './bombs'
import { ordinary } from './ordinary'

ordinary(bombs)
