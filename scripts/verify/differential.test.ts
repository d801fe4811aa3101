import { differential } from './differential'
import { ordinary } from './ordinary'

ordinary(differential)
