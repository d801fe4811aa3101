import { bombs } from './bombs'
import { ordinary } from './command/ordinary'

ordinary(bombs)
