import { ordinary } from '../command/ordinary'
import { tears } from './tears'

ordinary(tears)
