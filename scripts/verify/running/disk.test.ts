import { ordinary } from '../command/ordinary'
import { disk } from './disk'

ordinary(disk)
