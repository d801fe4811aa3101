import { ordinary } from '../command/ordinary'
import { numbers } from './numbers'

ordinary(numbers)
