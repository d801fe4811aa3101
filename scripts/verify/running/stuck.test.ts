import { ordinary } from '../command/ordinary'
import { stuck } from './stuck'

ordinary(stuck)
