import { ordinary } from '../command/ordinary'
import { overload } from './overload'

ordinary(overload)
