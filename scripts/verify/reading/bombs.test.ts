import { ordinary } from '../command/ordinary'
import { bombs } from './bombs'

ordinary(bombs)
