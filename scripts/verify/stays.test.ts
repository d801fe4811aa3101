import { ordinary } from './ordinary'
import { stays } from './stays'

ordinary(stays)
